package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;

/** Which ClusterTrustBundles a projected volume has (KEP-3257): one by name, or a signer's. */
final class TrustBundleRules {
  private static final List<String> NO_SIGNER =
      List.of("ClusterTrustBundle without signer name must not have \":\" in its name");
  private static final int DOMAIN_MAX = 253;
  private static final int SIGNER_MAX = DOMAIN_MAX + 1 + DOMAIN_MAX + 1 + 63;

  private TrustBundleRules() {}

  static void validate(JsonNode bundle, FieldPath path, Problems problems) {
    boolean named = bundle.has("name");
    boolean signed = bundle.has("signerName");
    if (named && signed) {
      problems.invalid(path, bundle, "only one of name and signerName may be used");
    } else if (named) {
      byName(bundle, path, problems);
    } else if (signed) {
      bySigner(bundle, path, problems);
    } else {
      problems.required(path, "either name or signerName must be specified");
    }
    VolumeSource.require(bundle, path, problems, "path");
    PathRules.notReserved(Trees.text(bundle, "path"), path.child("path"), problems);
  }

  private static void byName(JsonNode bundle, FieldPath path, Problems problems) {
    String name = Trees.text(bundle, "name");
    if (name.isEmpty()) {
      problems.required(path.child("name"), "must be a valid object name");
    }
    // What stands before the last colon is the signer, and so its own prefix.
    int colon = name.lastIndexOf(':');
    List<String> wrong = colon == 0 ? NO_SIGNER : Names.dnsSubdomain(name.substring(colon + 1));
    for (String why : wrong) {
      problems.invalid(path.child("name"), name, "not a valid clustertrustbundlename: " + why);
    }
    if (bundle.has("labelSelector")) {
      problems.invalid(
          path.child("labelSelector"),
          bundle.path("labelSelector"),
          "labelSelector must be unset if name is specified");
    }
  }

  private static void bySigner(JsonNode bundle, FieldPath path, Problems problems) {
    String signer = Trees.text(bundle, "signerName");
    FieldPath at = path.child("signerName");
    if (signer.isEmpty()) {
      problems.required(at, "must be a valid signer name");
      problems.required(at);
    }
    signer(signer, at, problems);
    problems.selector(path.child("labelSelector"), bundle.path("labelSelector"));
  }

  private static void signer(String signer, FieldPath path, Problems problems) {
    List<String> parts = List.of(signer.split("/", -1));
    if (parts.size() != 2) {
      problems.invalid(
          path,
          signer,
          "must be a fully qualified domain and path of the form 'example.com/signer-name'");
      return;
    }
    if (parts.get(0).length() > DOMAIN_MAX) {
      problems.add(FieldError.tooLong(path.toString(), DOMAIN_MAX));
    }
    labels(parts.get(0), Names::dnsLabel, path, problems);
    if (!parts.get(0).contains(".")) {
      problems.invalid(
          path, parts.get(0), "should be a domain with at least two segments separated by dots");
    }
    labels(parts.get(1), Names::dnsSubdomain, path, problems);
    if (signer.length() > SIGNER_MAX) {
      problems.add(FieldError.tooLong(path.toString(), SIGNER_MAX));
    }
  }

  private static void labels(String part, Names.Rule rule, FieldPath path, Problems problems) {
    for (String label : part.split("\\.", -1)) {
      for (String why : rule.check(label)) {
        problems.invalid(path, part, "validating label \"%s\": %s".formatted(label, why));
      }
    }
  }
}
