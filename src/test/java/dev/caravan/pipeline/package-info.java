/** The whole way of the data, with real HTTP and real databases. */
@NullMarked
package dev.caravan.pipeline;

import org.jspecify.annotations.NullMarked;
