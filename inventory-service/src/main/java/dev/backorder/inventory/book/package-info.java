/**
 * The books that are changed together: stock balances and their ledger, supplies, allocations and
 * the portions of their lines. Everything that decides about stock works on these, under the lock
 * of the stock rows ({@link dev.backorder.inventory.book.StockBook#lock}).
 */
package dev.backorder.inventory.book;
