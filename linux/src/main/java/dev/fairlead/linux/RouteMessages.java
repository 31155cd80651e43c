package dev.fairlead.linux;

import java.util.List;

/**
 * The rtnetlink messages of {@link RtnetlinkLinks}, as pure functions. Numbers are those of {@code
 * linux/rtnetlink.h}, {@code linux/if_link.h} and {@code linux/veth.h}.
 */
final class RouteMessages {
  private static final int NEW_LINK = 16;
  private static final int DELETE_LINK = 17;
  private static final int GET_LINK = 18;
  private static final int NEW_ADDRESS = 20;
  private static final int DELETE_ADDRESS = 21;
  private static final int NEW_ROUTE = 24;
  private static final int DELETE_ROUTE = 25;

  private static final int CREATE = NetlinkMessage.CREATE | NetlinkMessage.EXCLUSIVE;
  private static final int PUT = NetlinkMessage.CREATE | NetlinkMessage.REPLACE;

  private static final int LINK_NAME = 3;
  private static final int LINK_MASTER = 10;
  private static final int LINK_INFO = 18;
  private static final int LINK_NAMESPACE = 28;
  private static final int INFO_KIND = 1;
  private static final int INFO_DATA = 2;
  private static final int VETH_PEER = 1;
  private static final int ADDRESS = 1;
  private static final int ADDRESS_LOCAL = 2;
  private static final int ROUTE_TARGET = 1;
  private static final int ROUTE_LINK = 4;
  private static final int ROUTE_GATEWAY = 5;
  private static final int ROUTE_MULTIPATH = 9;

  private static final int FLAG_UP = 1;
  private static final int TABLE_MAIN = 254;
  private static final int PROTOCOL_STATIC = 4;
  private static final int SCOPE_UNIVERSE = 0;
  private static final int SCOPE_HOST = 254;
  private static final int SCOPE_LINK = 253;
  private static final int SCOPE_NOWHERE = 255;
  private static final int TYPE_UNICAST = 1;

  private static final int LINK_HEADER_BYTES = 16;

  private RouteMessages() {}

  static NetlinkMessage addVeth(String name, int peerNamespace, String peerName) {
    return link(NEW_LINK, CREATE, 0)
        .attribute(LINK_NAME, name)
        .nested(
            LINK_INFO,
            info ->
                info.attribute(INFO_KIND, "veth")
                    .nested(
                        INFO_DATA,
                        data ->
                            data.nested(
                                VETH_PEER,
                                peer ->
                                    linkHeader(peer, 0)
                                        .attribute(LINK_NAME, peerName)
                                        .attribute(LINK_NAMESPACE, peerNamespace))));
  }

  static NetlinkMessage addBridge(String name) {
    return link(NEW_LINK, CREATE, 0)
        .attribute(LINK_NAME, name)
        .nested(LINK_INFO, info -> info.attribute(INFO_KIND, "bridge"));
  }

  static NetlinkMessage setMaster(String name, int master) {
    return link(NEW_LINK, 0, 0).attribute(LINK_NAME, name).attribute(LINK_MASTER, master);
  }

  static NetlinkMessage setUp(String name) {
    return link(NEW_LINK, 0, FLAG_UP).attribute(LINK_NAME, name);
  }

  static NetlinkMessage deleteLink(String name) {
    return link(DELETE_LINK, 0, 0).attribute(LINK_NAME, name);
  }

  static NetlinkMessage getLink(String name) {
    return link(GET_LINK, 0, 0).attribute(LINK_NAME, name);
  }

  static NetlinkMessage listLinks() {
    return link(GET_LINK, 0, 0);
  }

  static String linkName(NetlinkReply reply) {
    return NetlinkReply.string(reply.attributes(LINK_HEADER_BYTES).get(LINK_NAME));
  }

  static int linkIndex(NetlinkReply reply) {
    return reply.body().getInt(4);
  }

  static NetlinkMessage addAddress(int link, Cidr address) {
    return address(NEW_ADDRESS, CREATE, SCOPE_UNIVERSE, link, address);
  }

  static NetlinkMessage addHostAddress(int link, Cidr address) {
    return address(NEW_ADDRESS, CREATE, SCOPE_HOST, link, address);
  }

  static NetlinkMessage deleteAddress(int link, Cidr address) {
    return address(DELETE_ADDRESS, 0, SCOPE_UNIVERSE, link, address);
  }

  static NetlinkMessage putRoute(Cidr target, List<Cidr> gateways) {
    NetlinkMessage message = route(NEW_ROUTE, PUT, target, SCOPE_UNIVERSE);
    if (gateways.size() == 1) {
      return message.attribute(ROUTE_GATEWAY, gateways.getFirst().address());
    }
    return message.nested(
        ROUTE_MULTIPATH,
        hops -> gateways.forEach(gateway -> hops.measured(hop -> nextHop(hop, gateway))));
  }

  static NetlinkMessage putLinkRoute(Cidr target, int link) {
    return route(NEW_ROUTE, PUT, target, SCOPE_LINK).attribute(ROUTE_LINK, link);
  }

  static NetlinkMessage deleteRoute(Cidr target) {
    return route(DELETE_ROUTE, 0, target, SCOPE_NOWHERE);
  }

  private static void nextHop(NetlinkMessage hop, Cidr gateway) {
    // Flags, weight minus one, and a link index that the kernel finds by the gateway.
    hop.u8(0).u8(0).u32(0).attribute(ROUTE_GATEWAY, gateway.address());
  }

  private static NetlinkMessage link(int type, int flags, int up) {
    return linkHeader(new NetlinkMessage(type, flags), up);
  }

  private static NetlinkMessage linkHeader(NetlinkMessage message, int up) {
    return message.u8(0).u8(0).u16(0).u32(0).u32(up).u32(up);
  }

  private static NetlinkMessage address(int type, int flags, int scope, int link, Cidr address) {
    return new NetlinkMessage(type, flags)
        .u8(address.family())
        .u8(address.prefix())
        .u8(0)
        .u8(scope)
        .u32(link)
        .attribute(ADDRESS_LOCAL, address.address())
        .attribute(ADDRESS, address.address());
  }

  private static NetlinkMessage route(int type, int flags, Cidr target, int scope) {
    NetlinkMessage message =
        new NetlinkMessage(type, flags)
            .u8(target.family())
            .u8(target.prefix())
            .u8(0)
            .u8(0)
            .u8(TABLE_MAIN)
            .u8(type == NEW_ROUTE ? PROTOCOL_STATIC : 0)
            .u8(scope)
            .u8(type == NEW_ROUTE ? TYPE_UNICAST : 0)
            .u32(0);
    return target.prefix() == 0 ? message : message.attribute(ROUTE_TARGET, target.address());
  }
}
