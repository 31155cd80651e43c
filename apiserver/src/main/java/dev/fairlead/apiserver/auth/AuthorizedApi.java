package dev.fairlead.apiserver.auth;

import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;

/**
 * The API as one user may use it: each verb passes the gate, then goes on to the registry. It
 * serves both the HTTP front and clients within this JVM, which thus need no encoding.
 */
public final class AuthorizedApi implements KubeApi {
  private final KubeApi api;
  private final Gate gate;
  private final User user;
  private final String component;
  private final Questions questions;

  /** For a user whose requests say by themselves who writes, without questions. */
  public AuthorizedApi(KubeApi api, Gate gate, User user) {
    this(api, gate, user, "", Questions.NONE);
  }

  /**
   * For one user.
   *
   * @param component manages the fields that a client within this JVM writes, where it names nobody
   *     itself; empty where requests say it
   */
  public AuthorizedApi(KubeApi api, Gate gate, User user, String component, Questions questions) {
    this.api = api;
    this.gate = gate;
    this.user = user;
    this.component = component;
    this.questions = questions;
  }

  @Override
  public Document get(Target target) {
    check("get", target);
    return api.get(target);
  }

  @Override
  public Listing list(Target target, ListOptions options) {
    check("list", target);
    return api.list(target, options);
  }

  @Override
  public Watch watch(Target target, WatchOptions options) {
    check("watch", target);
    return api.watch(target, options);
  }

  @Override
  public Document create(Target target, Document object, WriteOptions options) {
    check("create", target);
    Document answer = questions.answer(user, target, object);
    return answer == null ? api.create(target, object, named(options)) : answer;
  }

  @Override
  public Document update(Target target, Document object, WriteOptions options) {
    check("update", target);
    return api.update(target, object, named(options));
  }

  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    check("patch", target);
    return api.patch(target, patch, named(options));
  }

  @Override
  public Document delete(Target target, DeleteOptions options) {
    check("delete", target);
    return api.delete(target, options);
  }

  @Override
  public Listing deleteCollection(Target target, ListOptions which, DeleteOptions options) {
    check("deletecollection", target);
    return api.deleteCollection(target, which, options);
  }

  private WriteOptions named(WriteOptions options) {
    return options.fieldManager().isEmpty()
        ? new WriteOptions(options.dryRun(), component, options.force(), options.validation())
        : options;
  }

  /**
   * Returns when the user may do this.
   *
   * @throws dev.fairlead.api.ApiException 403
   */
  public void check(String verb, Target target) {
    gate.check(user, new Action.OnResource(verb, target));
  }
}
