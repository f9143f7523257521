/** The command line: one small class a verb. */
@NullMarked
package dev.caravan.cli;

import org.jspecify.annotations.NullMarked;
