package dev.carillon.chat;

import java.time.Duration;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.topic.Access;
import dev.carillon.topic.AccessRule;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Publication;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.TopicPolicies;
import dev.carillon.topic.TopicPolicy;
import dev.carillon.topic.TopicProperties;
import dev.carillon.topic.Topics;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

import static dev.carillon.chat.ChatFixture.ANN;
import static dev.carillon.chat.ChatFixture.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChatConfigurationIntegrationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer(new ConfigDataApplicationContextInitializer())
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, FlywayAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withUserConfiguration(ChatAlone.class)
		.withPropertyValues("spring.config.import=classpath:carillon-chat.yaml",
				"spring.datasource.url=jdbc:h2:mem:configuration");

	@Test
	void startWhenDefaultsThenChatWorks() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(RoomAccess.class);
			done(context.getBean(Chat.class).send(ANN, "general", new Chat.Draft("hello", null, null)));
			assertThat(context.getBean(History.class).before(ANN, "general", null, 50).messages()).hasSize(1);
			Topics topics = context.getBean(Topics.class);
			assertThat(topics.open(Destination.of("/topic/chat.general")).log().head()).isEqualTo(1);
		});
	}

	@Test
	void startWhenDefaultsThenFamiliesSayWhoMayDoWhat() {
		this.runner.run((context) -> {
			TopicPolicies policies = context.getBean(TopicPolicies.class);
			TopicPolicy room = policies.require(Destination.of("/topic/chat.general"));
			assertThat(room.subscribe()).isEqualTo(new Access.Rule("room"));
			assertThat(room.send()).isEqualTo(new Access.Nobody());
			assertThat(policies.require(Destination.of("/topic/typing.general")).subscribe())
				.isEqualTo(new Access.Rule("room"));
			assertThat(policies.require(Destination.of("/app/chat.general.send")).send())
				.isEqualTo(new Access.Authenticated());
			assertThat(policies.require(Destination.forUser("ann", "/queue/chat")).family()).isEqualTo("chat-direct");
			assertThat(policies.require(Destination.forUser("ann", "/queue/mentions")).family())
				.isEqualTo("chat-mentions");
			AccessRule rule = context.getBean(AccessRule.class);
			assertThat(rule.name()).isEqualTo("room");
			assertThat(rule.permits(Users.guest("guest-1"), Map.of("room", "general"))).isTrue();
		});
	}

	@Test
	void startWhenDefaultsThenLongestMessageFitsIntoItsTopic() {
		this.runner.run((context) -> {
			String text = "😀\n".repeat(Input.MAX_TEXT / 2);
			done(context.getBean(Chat.class).send(ANN, "general", new Chat.Draft(text, null, null)));
			Topics topics = context.getBean(Topics.class);
			assertThat(topics.open(Destination.of("/topic/chat.general")).log().head()).isEqualTo(1);
		});
	}

	@Test
	void startWhenDatabaseIsAwayThenStartsAndRefusesChatOnly() {
		this.runner
			.withPropertyValues("spring.datasource.url=jdbc:postgresql://localhost:1/nothing?connectTimeout=1",
					"spring.datasource.hikari.connection-timeout=250")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThatExceptionOfType(Refusal.class).isThrownBy(
						() -> done(context.getBean(Chat.class).send(ANN, "general", new Chat.Draft("hi", null, null))))
					.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE));
				Topics topics = context.getBean(Topics.class);
				assertThat(topics.publish(Destination.of("/user/ann/queue/mentions"), Publication.json("{}")))
					.succeedsWithin(Duration.ofSeconds(10));
			});
	}

	@Test
	void startWhenPropertyIsImpossibleThenStopsAndNamesIt() {
		this.runner.withPropertyValues("carillon.chat.retry-pause=0s")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("carillon.chat.retry-pause"));
		this.runner.withPropertyValues("carillon.chat.batch=0")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("batch"));
	}

	@Test
	void startWhenPoolIsSmallerThanReadersThenIsStillTheWritersTurn() {
		this.runner.run((context) -> {
			int connections = context.getBean(HikariDataSource.class).getMaximumPoolSize();
			assertThat(context.getBean(ChatProperties.class).concurrentReads()).isLessThan(connections);
		});
	}

	/** The chat and the topics, without the transports. */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ ChatProperties.class, TopicProperties.class })
	@ComponentScan(basePackages = { "dev.carillon.topic", "dev.carillon.chat" },
			excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Tests.*"))
	static class ChatAlone {

	}

}
