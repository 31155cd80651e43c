/** The command line: each command parses, wires and reports an exit code. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.cli;
