/** IP addresses and ranges as the API writes them. No names are ever looked up. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api.net;
