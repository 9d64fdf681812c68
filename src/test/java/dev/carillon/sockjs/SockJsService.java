package dev.carillon.sockjs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestConstructor;

/**
 * The service on a real port, with times and sizes that a test can reach the end of.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.datasource.url=jdbc:h2:mem:sockjs;DB_CLOSE_DELAY=-1",
				"carillon.scores.simulator.enabled=false", "carillon.topics.lab.pattern=/topic/lab.**",
				"carillon.topics.lab.subscribe=anyone", "carillon.topics.lab.send=anyone",
				"carillon.topics.lab.log.entries=20000", "carillon.topics.lab.log.bytes=16MB",
				"carillon.topics.small.pattern=/topic/small.**", "carillon.topics.small.subscribe=anyone",
				"carillon.topics.small.send=anyone", "carillon.topics.small.log.entries=8",
				"carillon.topics.small.slow=drop", "carillon.limits.send-rate=0",
				"carillon.limits.sessions-per-address=20", "carillon.stomp.heart-beat-send=200ms",
				"carillon.stomp.heart-beat-receive=200ms", "carillon.sockjs.disconnect-delay=3s",
				"carillon.sockjs.heart-beat=500ms", "carillon.sockjs.stream-bytes-limit=4KB",
				"carillon.security.allowed-origins=https://app.example.org" })
@interface SockJsService {

}
