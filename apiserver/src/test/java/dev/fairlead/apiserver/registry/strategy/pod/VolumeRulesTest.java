package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes, kind by kind. */
class VolumeRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          volumes: [{name: A, emptyDir: {}}] | [0].name: Invalid value: "A": LABEL
          volumes: [{name: a.b, emptyDir: {}}] | [0].name: Invalid value: "a.b": must not contain dots
          volumes: [{emptyDir: {}}] | [0].name: Required value
          volumes: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}] | [1].name: Duplicate value: "a"
          volumes: [{name: a, emptyDir: {}, hostPath: {path: /x}}] | [0].hostPath: Forbidden: may not specify more than 1 volume type
          volumes: [{name: a, emptyDir: {sizeLimit: '-1'}}] | [0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity
          volumes: [{name: a, hostPath: {}}] | [0].hostPath.path: Required value
          volumes: [{name: a, hostPath: {path: /a/../b}}] | [0].hostPath.path: Invalid value: "/a/../b": must not contain '..'
          volumes: [{name: a, hostPath: {path: /a, type: Pipe}}] | [0].hostPath.type: Unsupported value: "Pipe": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"
          volumes: [{name: a, gitRepo: {directory: /x}}] | [0].gitRepo.repository: Required value && [0].gitRepo.directory: Invalid value: "/x": must be a relative path
          volumes: [{name: a, secret: {}}] | [0].secret.secretName: Required value
          volumes: [{name: a, secret: {secretName: s, defaultMode: 512}}] | [0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive
          volumes: [{name: a, secret: {secretName: s, items: [{}]}}] | [0].secret.items[0].key: Required value && [0].secret.items[0].path: Required value
          volumes: [{name: a, configMap: {items: [{key: k, path: ../x, mode: -1}]}}] | [0].configMap.name: Required value && [0].configMap.items[0].path: Invalid value: "../x": must not contain '..' && [0].configMap.items[0].mode: Invalid value: -1: must be a number between 0 and 0777 (octal), both inclusive
          volumes: [{name: a, configMap: {name: m, items: [{key: k, path: ..x}]}}] | [0].configMap.items[0].path: Invalid value: "..x": must not start with '..'
          volumes: [{name: a, downwardAPI: {items: [{path: f}]}}] | [0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required
          volumes: [{name: a, downwardAPI: {items: [{path: f, fieldRef: {fieldPath: spec.nodeName}}]}}] | [0].downwardAPI.fieldRef.fieldPath: Unsupported value: "spec.nodeName": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"
          volumes: [{name: a, downwardAPI: {items: [{path: f, resourceFieldRef: {resource: limits.cpu}}]}}] | [0].downwardAPI.resourceFieldRef.containerName: Required value
          volumes: [{name: a, projected: {sources: [{secret: {}}]}}] | [0].projected.sources[0].secret.name: Required value
          volumes: [{name: a, projected: {sources: [{secret: {name: s}, configMap: {name: m}}]}}] | [0].projected.sources[0]: Forbidden: may not specify more than 1 volume type per source
          volumes: [{name: a, projected: {sources: [{secret: {name: s, items: [{key: k, path: p}]}}, {configMap: {name: m, items: [{key: k, path: p}]}}]}}] | [0].projected: Invalid value: "m": conflicting duplicate paths
          volumes: [{name: a, projected: {sources: [{serviceAccountToken: {expirationSeconds: 60}}]}}] | [0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes && [0].projected.path: Required value
          volumes: [{name: a, projected: {sources: [{serviceAccountToken: {path: /t, expirationSeconds: 4294967297}}]}}] | [0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds && [0].projected.path: Invalid value: "/t": must be a relative path
          volumes: [{name: a, projected: {sources: [{clusterTrustBundle: {path: p}}]}}] | [0].projected.sources[0].clusterTrustBundle: Required value: either name or signerName must be specified
          volumes: [{name: a, persistentVolumeClaim: {}}] | [0].persistentVolumeClaim.claimName: Required value
          volumes: [{name: a, nfs: {path: x}}] | [0].nfs.server: Required value && [0].nfs.path: Invalid value: "x": must be an absolute path
          volumes: [{name: a, iscsi: {targetPortal: p, iqn: x, lun: 256}}] | [0].iscsi.iqn: Invalid value: "x": must be valid format starting with iqn, eui, or naa && [0].iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive
          volumes: [{name: a, gcePersistentDisk: {partition: 256}}] | [0].persistentDisk.pdName: Required value && [0].persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive
          volumes: [{name: a, emptyDir: {}, downwardAPI: {}}] | [0].downwarAPI: Forbidden: may not specify more than 1 volume type
          volumes: [{name: a, fc: {}}] | [0].fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but not both
          volumes: [{name: a, flexVolume: {driver: d, options: {kubernetes.io/x: y}}}] | [0].flexVolume.options[kubernetes.io/x]: Invalid value: "kubernetes.io/x": kubernetes.io and k8s.io namespaces are reserved
          volumes: [{name: a, csi: {driver: 'a b'}}] | [0].csi.driver: Invalid value: "a b": SUBDOMAIN
          volumes: [{name: a, azureDisk: {diskName: n, diskURI: 'https://u', cachingMode: x}}] | [0].azureDisk.cachingMode: Unsupported value: "x": supported values: "None", "ReadOnly", "ReadWrite"
          volumes: [{name: a, azureDisk: {diskName: n, diskURI: u}}] | [0].azureDisk.diskURI: Unsupported value: "u": supported values: "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"
          volumes: [{name: a, azureDisk: {diskName: n, diskURI: 'https://u', kind: Managed}}] | [0].azureDisk.diskURI: Unsupported value: "https://u": supported values: "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"
          volumes: [{name: a, quobyte: {}}] | [0].quobyte.registry: Required value: must be a host:port pair or multiple pairs separated by commas && [0].quobyte.volume: Required value
          volumes: [{name: a, quobyte: {registry: 'a:1,b', volume: v}}] | [0].quobyte.registry: Invalid value: "a:1,b": must be a host:port pair or multiple pairs separated by commas
          volumes: [{name: a, quobyte: {registry: '::1:2', volume: v}}] | [0].quobyte.registry: Invalid value: "::1:2": must be a host:port pair or multiple pairs separated by commas
          volumes: [{name: a, projected: {sources: [{clusterTrustBundle: {name: A, path: p, labelSelector: {}}}]}}] | [0].projected.sources[0].clusterTrustBundle.name: Invalid value: "A": not a valid clustertrustbundlename: SUBDOMAIN && [0].projected.sources[0].clusterTrustBundle.labelSelector: Invalid value: {}: labelSelector must be unset if name is specified
          volumes: [{name: a, projected: {sources: [{clusterTrustBundle: {name: ':a', path: p}}]}}] | [0].projected.sources[0].clusterTrustBundle.name: Invalid value: ":a": not a valid clustertrustbundlename: ClusterTrustBundle without signer name must not have ":" in its name
          volumes: [{name: a, projected: {sources: [{clusterTrustBundle: {name: a, signerName: a.b/c}}]}}] | [0].projected.sources[0].clusterTrustBundle: Invalid value: {"name":"a","signerName":"a.b/c"}: only one of name and signerName may be used && [0].projected.sources[0].clusterTrustBundle.path: Required value
          volumes: [{name: a, projected: {sources: [{clusterTrustBundle: {signerName: a, path: p}}]}}] | [0].projected.sources[0].clusterTrustBundle.signerName: Invalid value: "a": must be a fully qualified domain and path of the form 'example.com/signer-name'
          volumes: [{name: a, projected: {sources: [{clusterTrustBundle: {signerName: a/B, path: p}}]}}] | [0].projected.sources[0].clusterTrustBundle.signerName: Invalid value: "a": should be a domain with at least two segments separated by dots && [0].projected.sources[0].clusterTrustBundle.signerName: Invalid value: "B": validating label "B": SUBDOMAIN
          volumes: [{name: a, rbd: {}}] | [0].rbd.monitors: Required value && [0].rbd.image: Required value
          volumes: [{name: a, ephemeral: {}}] | [0].ephemeral.volumeClaimTemplate: Required value
          volumes: [{name: a, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [x]}}}}] | [0].ephemeral.volumeClaimTemplate.spec.accessModes: Unsupported value: "x": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod" && [0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value
          volumes: [{name: a, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}, {name: b, persistentVolumeClaim: {claimName: p-a}}] | [1].persistentVolumeClaim.claimName: Invalid value: "p-a": must not reference a PVC that gets created for an ephemeral volume
          volumes: [{name: a, image: {reference: r, pullPolicy: x}}] | [0].image.pullPolicy: Unsupported value: "x": supported values: "Always", "IfNotPresent", "Never"
          """)
  void refused(String fields, String errors) {
    PodErrors.assertSame(PodErrors.ofSpec(fields), errors, "spec.volumes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "volumes: [{name: a}]",
        "volumes: [{name: a, emptyDir: {medium: Memory, sizeLimit: 1Gi}}]",
        "volumes: [{name: a, hostPath: {path: /a..b/c, type: DirectoryOrCreate}}]",
        "volumes: [{name: a, secret: {secretName: s, items: [{key: k, path: a/b..c, mode: 511}]}}]",
        "volumes: [{name: a, configMap: {name: m, optional: true}}]",
        "volumes: [{name: a, downwardAPI: {items: [{path: f, fieldRef: {fieldPath: 'metadata.labels[''a/b'']'}}]}}]",
        "volumes: [{name: a, projected: {sources: [{serviceAccountToken: {path: token}}, {configMap: {name: m}}, {downwardAPI: {items: [{path: ns, fieldRef: {fieldPath: metadata.namespace}}]}}]}}]",
        "volumes: [{name: a, nfs: {server: s, path: /x}}, {name: b, rbd: {monitors: [m], image: i}}]",
        "volumes: [{name: a, iscsi: {targetPortal: p, iqn: 'iqn.2015-02.example.com:test', lun: 0}}]",
        "volumes: [{name: a, csi: {driver: Csi.Example.com}}, {name: b, image: {reference: r}}]",
        "volumes: [{name: a, quobyte: {registry: 'a:1,[::1]:2', volume: v}}, {name: b, azureDisk: {diskName: n, diskURI: /subscriptions/x, kind: Managed}}]",
        "volumes: [{name: a, projected: {sources: [{clusterTrustBundle: {name: 'a.b:c:d', path: p}}, {clusterTrustBundle: {signerName: a.b/c, path: q}}]}}]",
      })
  void accepted(String fields) {
    assertThat(PodErrors.ofSpec(fields)).isEmpty();
  }
}
