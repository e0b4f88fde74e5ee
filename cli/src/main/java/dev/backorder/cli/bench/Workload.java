package dev.backorder.cli.bench;

import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;

/** A kind of call that is made again and again. */
interface Workload {

  /** Operations that one call stands for: orders, or questions. */
  default int operationsPerCall() {
    return 1;
  }

  /**
   * Starts a call.
   *
   * @param number of the call, never used twice in a run
   * @param observer hears the answer, and that it was the last
   */
  void start(Channel channel, long number, StreamObserver<? super Message> observer);

  /** Operations of an answer that did not get what they asked for. */
  default int refusedIn(Message answer) {
    return 0;
  }
}
