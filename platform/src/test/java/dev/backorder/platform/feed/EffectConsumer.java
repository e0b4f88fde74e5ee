package dev.backorder.platform.feed;

import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Writes one row per event; told to, it fails after its effect and before the commit. */
@Singleton
class EffectConsumer implements FeedConsumer {
  static final String NAME = "test-effects";

  final Set<String> poison = ConcurrentHashMap.newKeySet();
  volatile Runnable beforeCommit = () -> {};
  volatile Predicate<FeedEvent> concerns = event -> true;
  volatile String lastCorrelationId = "";

  private final Sql sql;

  EffectConsumer(Sql sql) {
    this.sql = sql;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String producer() {
    return "fake";
  }

  @Override
  public boolean concerns(FeedEvent event) {
    return concerns.test(event);
  }

  @Override
  public void handle(List<FeedEvent> events) {
    events.forEach(event -> event.asCause(NAME, () -> handle(event)));
  }

  private void handle(FeedEvent event) {
    // The unique constraint is the judge: an effect that happens twice fails the test.
    sql.update(
        "insert into effect (key, key_version) values (?, ?)", event.key(), event.keyVersion());
    lastCorrelationId = Calls.correlationId();
    if (poison.contains(event.key() + "/" + event.keyVersion())) {
      throw new IllegalStateException("cannot digest " + event.key());
    }
    beforeCommit.run();
  }

  void forgetEverything() {
    poison.clear();
    beforeCommit = () -> {};
    concerns = event -> true;
    sql.update("delete from effect");
    sql.update("delete from consumer_checkpoint");
    sql.update("delete from parked_event");
    sql.update("delete from parked_key");
  }

  List<String> effects() {
    return sql.list(
        r -> r.getString("key") + "/" + r.getLong("key_version"),
        "select key, key_version from effect order by place");
  }
}
