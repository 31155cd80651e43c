package dev.fairlead.apiserver.front;

import dev.fairlead.api.Listing;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.tables.Tables;
import java.io.IOException;
import java.io.OutputStream;

/** A list as a table. */
record TableList(Tables tables, ResourceType type, Listing listing, Tables.Style style)
    implements Encodable {

  @Override
  public void json(OutputStream out) throws IOException {
    tables.write(out, type, listing.items(), Lists.metadata(listing), style);
  }

  @Override
  public boolean hasProtobuf() {
    return false;
  }

  @Override
  public void protobuf(OutputStream out) {
    throw new UnsupportedOperationException("a table has no binary form");
  }
}
