/** Units that move from one location to another: the rules of docs/transfer-states.md. */
package dev.backorder.inventory.transit.model;
