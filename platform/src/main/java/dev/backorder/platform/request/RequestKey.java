package dev.backorder.platform.request;

import java.util.UUID;

/** What a request id is unique by: each caller has its own. */
public record RequestKey(String caller, UUID requestId) {}
