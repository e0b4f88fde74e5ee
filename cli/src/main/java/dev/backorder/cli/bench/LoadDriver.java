package dev.backorder.cli.bench;

import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Keeps a number of calls in flight: each caller starts its next call when it has the answer to the
 * last (a closed loop). Callers are not threads, so that the driver takes little of the machine
 * that it measures.
 */
final class LoadDriver implements AutoCloseable {

  private static final int CHANNELS = 4;

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final AtomicLong numbers = new AtomicLong();

  /** Connects to one process. */
  LoadDriver(String address) {
    for (int i = 0; i < CHANNELS; i++) {
      channels.add(NettyChannelBuilder.forTarget(address).usePlaintext().directExecutor().build());
    }
  }

  /** Loads for so long, and waits for the last answers. */
  Load run(Workload workload, int inFlight, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return runWhile(workload, inFlight, () -> System.nanoTime() - end < 0);
  }

  /** Makes so many calls. */
  Load runCalls(Workload workload, int inFlight, long calls) {
    AtomicLong left = new AtomicLong(calls);
    return runWhile(workload, inFlight, () -> left.getAndDecrement() > 0);
  }

  /** Loads as long as another call may start, and waits for the last answers. */
  Load runWhile(Workload workload, int inFlight, BooleanSupplier goesOn) {
    Stretch stretch = new Stretch(workload, goesOn, inFlight);
    long started = System.nanoTime();
    for (int caller = 0; caller < inFlight; caller++) {
      stretch.next(channels.get(caller % CHANNELS));
    }
    stretch.await();
    return stretch.load((System.nanoTime() - started) / 1e9);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private final class Stretch {
    private final Workload workload;
    private final BooleanSupplier goesOn;
    private final CountDownLatch callers;
    private final ConcurrentHistogram nanos = new ConcurrentHistogram(Load.DIGITS);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();

    Stretch(Workload workload, BooleanSupplier goesOn, int inFlight) {
      this.workload = workload;
      this.goesOn = goesOn;
      this.callers = new CountDownLatch(inFlight);
    }

    void next(Channel channel) {
      if (goesOn.getAsBoolean()) {
        Caller caller = new Caller(channel, System.nanoTime());
        workload.start(channel, numbers.getAndIncrement(), caller);
      } else {
        callers.countDown();
      }
    }

    void await() {
      try {
        callers.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while measuring", e);
      }
    }

    Load load(double seconds) {
      return new Load(
          answered.get() * workload.operationsPerCall(),
          refused.get(),
          errors.get(),
          seconds,
          nanos.copy());
    }

    private final class Caller implements StreamObserver<Message> {
      private final Channel channel;
      private final long started;

      Caller(Channel channel, long started) {
        this.channel = channel;
        this.started = started;
      }

      @Override
      public void onNext(Message answer) {
        answered.incrementAndGet();
        refused.addAndGet(workload.refusedIn(answer));
      }

      @Override
      public void onError(Throwable failure) {
        errors.incrementAndGet();
        next(channel);
      }

      @Override
      public void onCompleted() {
        nanos.recordValue(System.nanoTime() - started);
        next(channel);
      }
    }
  }
}
