package dev.fairlead.controllers.manager;

import dev.fairlead.api.KubeApi;
import dev.fairlead.client.testing.FakeKubeApi;

class ControllersOnFakeTest extends ControllersTest {
  @Override
  KubeApi open() {
    return new FakeKubeApi();
  }
}
