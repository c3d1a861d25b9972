/** Use cases: one public method per KMS operation, grouped by plane. */
@NullMarked
package dev.cks.service;

import org.jspecify.annotations.NullMarked;
