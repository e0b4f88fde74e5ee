package dev.backorder.platform.feed;

import dev.backorder.common.v1.Checkpoint;
import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.ListCheckpointsRequest;
import dev.backorder.common.v1.ListCheckpointsResponse;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.ListEventsResponse;
import dev.backorder.common.v1.ListParkedEventsRequest;
import dev.backorder.common.v1.ListParkedEventsResponse;
import dev.backorder.common.v1.ReportCheckpointRequest;
import dev.backorder.common.v1.ReportCheckpointResponse;
import dev.backorder.common.v1.RetryParkedEventsRequest;
import dev.backorder.common.v1.RetryParkedEventsResponse;
import dev.backorder.common.v1.StreamEventsRequest;
import dev.backorder.common.v1.StreamEventsResponse;
import dev.backorder.platform.background.Background;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.paging.PageTokens;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;

/** Offers this service's own facts to others, and shows what it could not handle of theirs. */
@GrpcService
@Blocking
public class FeedGrpcService implements FeedServiceGrpc.AsyncService, BindableService {
  private static final int DEFAULT_LIMIT = 100;
  private static final String CHECKPOINTS = "checkpoints";

  private final FeedReader reader;
  private final FeedTail tail;
  private final Checkpoints checkpoints;
  private final ParkedEvents parked;
  private final Sequencer sequencer;
  private final Background background;

  FeedGrpcService(
      FeedReader reader,
      FeedTail tail,
      Checkpoints checkpoints,
      ParkedEvents parked,
      Sequencer sequencer,
      Background background) {
    this.reader = reader;
    this.tail = tail;
    this.checkpoints = checkpoints;
    this.parked = parked;
    this.sequencer = sequencer;
    this.background = background;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(FeedServiceGrpc.bindService(this));
  }

  @Override
  public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> observer) {
    Replies.unary(observer, () -> list(request));
  }

  @Override
  public void streamEvents(
      StreamEventsRequest request, StreamObserver<StreamEventsResponse> observer) {
    ServerCallStreamObserver<StreamEventsResponse> stream =
        (ServerCallStreamObserver<StreamEventsResponse>) observer;
    stream.setOnCancelHandler(tail::wake);
    stream.setOnReadyHandler(tail::wake);
    tail.follow(reader.place("after_cursor", request.getAfterCursor()), stream);
  }

  @Override
  public void reportCheckpoint(
      ReportCheckpointRequest request, StreamObserver<ReportCheckpointResponse> observer) {
    Replies.unary(
        observer,
        () -> {
          Cursor place = reader.place("cursor", request.getCursor());
          Checkpoint stored = checkpoints.report(request.getConsumer(), place, request.getRewind());
          return ReportCheckpointResponse.newBuilder().setCheckpoint(stored).build();
        });
  }

  @Override
  public void listCheckpoints(
      ListCheckpointsRequest request, StreamObserver<ListCheckpointsResponse> observer) {
    Replies.unary(observer, () -> listCheckpoints(request));
  }

  @Override
  public void listParkedEvents(
      ListParkedEventsRequest request, StreamObserver<ListParkedEventsResponse> observer) {
    Replies.unary(observer, () -> parked.page(request.getPageSize(), request.getPageToken()));
  }

  @Override
  public void retryParkedEvents(
      RetryParkedEventsRequest request, StreamObserver<RetryParkedEventsResponse> observer) {
    Replies.unary(
        observer,
        () ->
            RetryParkedEventsResponse.newBuilder()
                .setDueCount(parked.makeDue(request.getConsumer(), request.getKey()))
                .build());
  }

  private ListEventsResponse list(ListEventsRequest request) {
    if (background.isSimulated()) {
      sequencer.numberAll();
    }
    Cursor place = reader.place("after_cursor", request.getAfterCursor());
    long last = request.getLastPosition() == 0 ? Long.MAX_VALUE : request.getLastPosition();
    List<Event> events =
        reader.after(place, last, request.getLimit() == 0 ? DEFAULT_LIMIT : request.getLimit());
    if (events.isEmpty()) {
      return ListEventsResponse.newBuilder().setNextCursor(place.encode()).build();
    }
    String next = events.get(events.size() - 1).getCursor();
    boolean more =
        Cursor.decode("cursor", next).position() < Math.min(last, reader.head().position());
    return ListEventsResponse.newBuilder()
        .addAllEvents(events)
        .setNextCursor(next)
        .setHasMore(more)
        .build();
  }

  private ListCheckpointsResponse listCheckpoints(ListCheckpointsRequest request) {
    List<String> after = PageTokens.decode(CHECKPOINTS, request.getPageToken());
    int size = PageTokens.size(request.getPageSize());
    List<Checkpoint> found = checkpoints.page(after.isEmpty() ? "" : after.get(0), size + 1);
    List<Checkpoint> page = found.subList(0, Math.min(size, found.size()));
    ListCheckpointsResponse.Builder response =
        ListCheckpointsResponse.newBuilder().addAllCheckpoints(page);
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.encode(CHECKPOINTS, page.get(size - 1).getConsumer()));
    }
    return response.build();
  }
}
