package dev.backorder.inventory.book;

/**
 * A transaction that has locked items with ring fences is about to write its changes. What it did
 * at one location may have set units free at another: whoever serves those who wait observes this.
 */
public record BooksClosing(Changes changes) {}
