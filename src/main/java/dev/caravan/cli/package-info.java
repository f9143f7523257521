/** The command line: one small class a verb, tables or JSON, and the exit codes. */
@NullMarked
package dev.caravan.cli;

import org.jspecify.annotations.NullMarked;
