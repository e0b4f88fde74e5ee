package dev.backorder.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.StreamEventsRequest;
import dev.backorder.common.v1.StreamEventsResponse;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.PostgresResource;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OwnFeedProfile.class)
class LiveFeedTest {
  @Inject EventLog log;
  @Inject EffectConsumer consumer;
  @Inject Transactions transactions;
  @Inject FeedReader reader;
  @Inject Sql sql;

  @Test
  void a_committed_fact_has_its_effect_soon_after() {
    List<Long> millis = new ArrayList<>();
    for (int version = 1; version <= 20; version++) {
      String effect = "live/" + version;
      append("live", version);
      long start = System.nanoTime();
      await()
          .pollInterval(java.time.Duration.ofMillis(2))
          .until(() -> consumer.effects().contains(effect));
      millis.add((System.nanoTime() - start) / 1_000_000);
    }
    millis.sort(Long::compare);
    // The median, because the machine that runs the tests does other things too.
    assertThat(millis.get(10)).as("milliseconds, sorted: %s", millis).isLessThan(250);
  }

  @Test
  void a_silent_stream_beats_and_a_slow_reader_gets_everything_without_being_buffered_for() {
    Slow reading = new Slow();
    FeedServiceGrpc.newStub(GrpcTestChannel.channel())
        .streamEvents(
            StreamEventsRequest.newBuilder().setAfterCursor(reader.head().encode()).build(),
            reading);
    reading.call.request(1);
    await().untilAsserted(() -> assertThat(reading.messages).hasValue(1));
    assertThat(reading.events).as("a heartbeat").hasValue(0);

    String large = "x".repeat(100_000);
    for (int version = 1; version <= 100; version++) {
      int each = version;
      transactions.runInNew(() -> log.append("slow", each, StringValue.of(large)));
    }
    await().until(() -> consumer.effects().contains("slow/100"));
    // Ten megabytes were published; only what fits into the windows has left the server.
    reading.call.request(1_000);
    await().until(() -> reading.events.get() >= 100);
    reading.call.cancel("enough", null);
  }

  @Test
  void the_checkpoint_of_the_consumer_reaches_the_producer() {
    append("reported", 1);
    await()
        .until(
            () -> sql.number("select position from feed_checkpoint") >= reader.head().position());
  }

  @Test
  void readiness_and_metrics_are_served_over_http() throws Exception {
    assertThat(get("/q/health/ready")).contains("\"status\": \"UP\"");
    assertThat(get("/q/health/live")).contains("\"status\": \"UP\"");
    FeedServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
        .listEvents(dev.backorder.common.v1.ListEventsRequest.getDefaultInstance());
    await()
        .untilAsserted(
            () ->
                assertThat(get("/q/metrics"))
                    .contains("backorder_grpc_calls_in_flight")
                    .contains("grpc_server_processing_duration_seconds")
                    .contains("method=\"ListEvents\""));
  }

  private static final class Slow
      implements ClientResponseObserver<StreamEventsRequest, StreamEventsResponse> {
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicInteger events = new AtomicInteger();
    private ClientCallStreamObserver<StreamEventsRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamEventsRequest> stream) {
      call = stream;
      stream.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(StreamEventsResponse message) {
      events.addAndGet(message.getEventsCount());
      messages.incrementAndGet();
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }

  private void append(String key, long version) {
    transactions.runInNew(() -> log.append(key, version, StringValue.of(key)));
  }

  private static String get(String path) throws Exception {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
