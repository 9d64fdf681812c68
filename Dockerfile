# The image of Carillon. Build the jar first:
#
#   ./mvnw package -DskipTests
#   docker build -t carillon .
#
# What it contains is made by docker/assemble, which a test runs too.
FROM eclipse-temurin:25-jdk-noble AS assembly
COPY docker/assemble docker/Training.java /build/docker/
COPY target/carillon.jar /build/carillon.jar
RUN /build/docker/assemble /build/carillon.jar /opt/carillon

FROM debian:13-slim
LABEL org.opencontainers.image.title="Carillon" \
      org.opencontainers.image.description="Real-time messaging for web front ends" \
      org.opencontainers.image.licenses="Apache-2.0"

# What may be written, and only if the volume lets it: the embedded database, when there is no other.
RUN install -d -o 10001 -g 10001 -m 0750 /var/lib/carillon
WORKDIR /var/lib/carillon

# From what changes rarely to what changes with each build.
COPY --from=assembly /opt/carillon/runtime /opt/carillon/runtime
COPY --from=assembly /opt/carillon/lib /opt/carillon/lib
COPY docker/health /opt/carillon/health
COPY --from=assembly /opt/carillon/java.options /opt/carillon/carillon.jar /opt/carillon/carillon.aot /opt/carillon/

# The profile demo is of no use in a container: it listens on the loopback interface only.
ENV SPRING_PROFILES_ACTIVE=production \
    SERVER_PORT=8080 \
    MANAGEMENT_SERVER_PORT=8081
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["/opt/carillon/health"]
ENTRYPOINT ["/opt/carillon/runtime/bin/java", "@/opt/carillon/java.options", "-jar", "/opt/carillon/carillon.jar"]
