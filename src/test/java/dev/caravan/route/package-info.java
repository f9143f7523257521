/** Tests of what the routes call, without Camel. */
@NullMarked
package dev.caravan.route;

import org.jspecify.annotations.NullMarked;
