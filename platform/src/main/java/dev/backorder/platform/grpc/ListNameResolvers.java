package dev.backorder.platform.grpc;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Targets {@code list:///host:port,host:port}: replicas known by address, for one machine and for
 * tests.
 */
final class ListNameResolvers extends NameResolverProvider {
  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return getDefaultScheme().equals(target.getScheme())
        ? new Fixed(target.getPath().substring(1))
        : null;
  }

  @Override
  public String getDefaultScheme() {
    return "list";
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  /** Below DNS: a target without a scheme is a host name. */
  @Override
  protected int priority() {
    return 1;
  }

  private static final class Fixed extends NameResolver {
    private final String addresses;

    Fixed(String addresses) {
      this.addresses = addresses;
    }

    @Override
    public String getServiceAuthority() {
      return addresses.substring(0, (addresses + ",").indexOf(','));
    }

    @Override
    public void start(Listener2 listener) {
      try {
        listener.onResult(
            ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(groups()))
                .build());
      } catch (IllegalArgumentException e) {
        listener.onError(Status.UNAVAILABLE.withDescription("not host:port,...: " + addresses));
      }
    }

    @Override
    public void shutdown() {}

    private List<EquivalentAddressGroup> groups() {
      List<EquivalentAddressGroup> groups = new ArrayList<>();
      for (String address : addresses.split(",", -1)) {
        int colon = address.lastIndexOf(':');
        if (colon <= 0) {
          throw new IllegalArgumentException(address);
        }
        int port = Integer.parseInt(address.substring(colon + 1));
        groups.add(
            new EquivalentAddressGroup(new InetSocketAddress(address.substring(0, colon), port)));
      }
      return groups;
    }
  }
}
