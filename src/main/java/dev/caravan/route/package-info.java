/** Where plain beans meet Camel: the run, the lanes, the calls. */
@NullMarked
package dev.caravan.route;

import org.jspecify.annotations.NullMarked;
