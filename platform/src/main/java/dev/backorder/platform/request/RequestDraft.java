package dev.backorder.platform.request;

import com.google.protobuf.ByteString;

/**
 * A request as the log knows it, made on the caller's thread by {@link RequestLog#draft}.
 *
 * @param method full name of the request message
 * @param fingerprint SHA-256 of the request
 */
public record RequestDraft(RequestKey key, String method, ByteString fingerprint) {}
