package dev.carillon.drain;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where logs are between two processes.
 *
 * @param snapshot the file into which all logs are written when the process stops, and
 * from which they go on when it starts; none if not set, then topics start over with new
 * epochs. The directory must exist and be writable.
 */
@ConfigurationProperties("carillon.log")
public record LogProperties(@Nullable Path snapshot) {
}
