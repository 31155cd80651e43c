package dev.fairlead.apiserver.proxy;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Rewrites links of a proxied page so that they lead through the proxy again; pure (upstream:
 * {@code apimachinery/pkg/util/proxy/transport.go}).
 *
 * @param prefix the path up to and with {@code /proxy}
 * @param backend host and port that the page came from
 * @param asked the {@code Host} that the client named
 */
record Links(String prefix, String backend, String asked) {

  /** A link to the same host with an absolute path gets the prefix; all others stay. */
  String rewrite(String link) {
    URI uri;
    try {
      uri = new URI(link.strip());
    } catch (URISyntaxException e) {
      return link;
    }
    String path = uri.getRawPath();
    String host = uri.getRawAuthority();
    boolean elsewhere = host != null && !host.equals(backend) && !host.equals(asked);
    if (uri.isOpaque() || elsewhere || path == null || !path.startsWith("/")) {
      return link;
    }
    boolean already = path.startsWith(prefix);
    String place = already ? path : prefix + path;
    String origin =
        host != null && host.equals(asked) && uri.getScheme() != null
            ? uri.getScheme() + "://" + host
            : "";
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String fragment = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
    return origin + place + query + fragment;
  }
}
