/**
 * Units that belong to nobody and that not everybody may have: protected ones, which nobody may
 * have, and ring-fenced ones, which only a segment may have.
 */
package dev.backorder.inventory.keeping.model;
