/** The one reader of configuration: all mistakes at once, unknown keys refused with a suggestion. */
@NullMarked
package dev.caravan.config;

import org.jspecify.annotations.NullMarked;
