/** From what a source sent to values of the declared types: pure functions, compiled once a layout. */
@NullMarked
package dev.caravan.normalize;

import org.jspecify.annotations.NullMarked;
