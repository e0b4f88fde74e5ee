package dev.backorder.platform.request;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes mutations safe to retry: the row of the request, its effects and its response commit
 * together, so the same request id runs once and every repetition within 30 days gets the first
 * answer. A failure leaves no trace.
 */
@ApplicationScoped
public class RequestLog {
  private final Sql sql;
  private final Clock clock;

  RequestLog(Sql sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /**
   * Runs {@code work} unless this request was answered before. Must run inside the caller's
   * transaction. A twin that runs at the same time waits at the unique key until the first has
   * committed or failed.
   *
   * @throws DomainException PRECONDITION REQUEST_ID_REUSED when the id came with other content
   *     before
   */
  public <R extends Message> R once(
      String requestId, Message request, Parser<R> parser, Supplier<R> work) {
    RequestDraft draft = draft(requestId, request);
    if (insert(List.of(draft), new byte[1][]) == 0) {
      StoredResponse stored = findAll(List.of(draft)).get(draft.key());
      if (stored == null) {
        throw new Transactions.LostRace("request " + draft.key());
      }
      return stored.replay(draft, parser);
    }
    R response = work.get();
    sql.later(
        "update request_log set response = ? where caller = ? and request_id = ?",
        response.toByteArray(),
        draft.key().caller(),
        draft.key().requestId());
    return response;
  }

  /**
   * Runs {@code work} for those calls of a batch that were not answered before; the others get
   * their first answers. Inside the caller's transaction. The work records its answers with {@link
   * #saveAll}.
   *
   * @param work answers calls with different keys, by key: all, or the first of them
   * @return one verdict per call, in the same order, up to the first that the work left out
   */
  public <C, R extends Message> List<Verdict<R>> onceEach(
      List<C> calls,
      Function<C, RequestDraft> draftOf,
      Parser<R> parser,
      Function<List<C>, Map<RequestKey, Verdict<R>>> work) {
    Map<RequestKey, StoredResponse> stored = findAll(calls.stream().map(draftOf).toList());
    Map<RequestKey, C> fresh = new LinkedHashMap<>();
    for (C call : calls) {
      RequestKey key = draftOf.apply(call).key();
      if (!stored.containsKey(key)) {
        fresh.putIfAbsent(key, call);
      }
    }
    Map<RequestKey, Verdict<R>> decided = work.apply(List.copyOf(fresh.values()));
    List<Verdict<R>> verdicts = new ArrayList<>();
    for (C call : calls) {
      RequestDraft draft = draftOf.apply(call);
      StoredResponse known = stored.get(draft.key());
      if (known == null && !decided.containsKey(draft.key())) {
        return verdicts;
      }
      if (known == null && draftOf.apply(fresh.get(draft.key())).equals(draft)) {
        verdicts.add(decided.get(draft.key()));
      } else {
        // Another content under the same id, in one batch: refused by the replay.
        StoredResponse first =
            known != null
                ? known
                : new StoredResponse(draftOf.apply(fresh.get(draft.key())), ByteString.EMPTY);
        verdicts.add(Verdict.of(() -> first.replay(draft, parser)));
      }
    }
    return verdicts;
  }

  /** What the log needs to know of a request. Call it where the caller is known. */
  public RequestDraft draft(String requestId, Message request) {
    return new RequestDraft(
        new RequestKey(Calls.caller(), parse(requestId)),
        request.getDescriptorForType().getFullName(),
        fingerprint(request));
  }

  /** The requests among {@code drafts} whose ids were used before, for lanes. */
  public Map<RequestKey, StoredResponse> findAll(Collection<RequestDraft> drafts) {
    Map<RequestKey, StoredResponse> found = new HashMap<>();
    sql.list(
            RequestLog::read,
            """
            select l.caller, l.request_id, l.method, l.fingerprint, l.response
            from unnest(?, ?) as k(caller, request_id)
            join request_log l on l.caller = k.caller and l.request_id = k.request_id""",
            drafts.stream().map(d -> d.key().caller()).toArray(String[]::new),
            drafts.stream().map(d -> d.key().requestId()).toArray(UUID[]::new))
        .forEach(stored -> found.put(stored.request().key(), stored));
    return found;
  }

  /**
   * Records requests with their responses in one statement, for lanes. Each key at most once.
   *
   * @throws Transactions.LostRace when another transaction answered one of them meanwhile: run the
   *     batch again
   */
  public void saveAll(Map<RequestDraft, ? extends Message> answered) {
    if (answered.isEmpty()) {
      return;
    }
    List<RequestDraft> drafts = List.copyOf(answered.keySet());
    byte[][] responses =
        drafts.stream().map(d -> answered.get(d).toByteArray()).toArray(byte[][]::new);
    if (insert(drafts, responses) < drafts.size()) {
      throw new Transactions.LostRace("a batch of %d requests".formatted(drafts.size()));
    }
  }

  private int insert(List<RequestDraft> drafts, byte[][] responses) {
    Instant now = clock.instant();
    return sql.update(
        """
        insert into request_log (caller, request_id, method, fingerprint, response, recorded_time)
        select caller, request_id, method, fingerprint, response, ?
        from unnest(?, ?, ?, ?, ?) as r(caller, request_id, method, fingerprint, response)
        order by caller, request_id
        on conflict do nothing""",
        now,
        drafts.stream().map(d -> d.key().caller()).toArray(String[]::new),
        drafts.stream().map(d -> d.key().requestId()).toArray(UUID[]::new),
        drafts.stream().map(RequestDraft::method).toArray(String[]::new),
        drafts.stream().map(d -> d.fingerprint().toByteArray()).toArray(byte[][]::new),
        responses);
  }

  private static StoredResponse read(ResultSet row) throws SQLException {
    byte[] response = row.getBytes("response");
    return new StoredResponse(
        new RequestDraft(
            new RequestKey(row.getString("caller"), row.getObject("request_id", UUID.class)),
            row.getString("method"),
            ByteString.copyFrom(row.getBytes("fingerprint"))),
        response == null ? ByteString.EMPTY : ByteString.copyFrom(response));
  }

  private static UUID parse(String requestId) {
    try {
      return UUID.fromString(requestId);
    } catch (IllegalArgumentException e) {
      throw DomainException.invalid("request_id", "must be a UUID");
    }
  }

  private static ByteString fingerprint(Message request) {
    try {
      byte[] bytes = new byte[request.getSerializedSize()];
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.useDeterministicSerialization();
      request.writeTo(out);
      out.flush();
      return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
