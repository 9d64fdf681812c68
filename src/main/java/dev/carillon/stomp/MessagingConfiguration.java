package dev.carillon.stomp;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import dev.carillon.delivery.Delivery;
import dev.carillon.security.DestinationRules;
import dev.carillon.security.InboundGuard;
import dev.carillon.security.HandshakeGuard;
import dev.carillon.security.LimitsProperties;
import dev.carillon.security.ProblemCors;
import dev.carillon.security.Refusals;
import dev.carillon.security.SecurityProperties;
import dev.carillon.sockjs.SockJs;
import dev.carillon.topic.Idempotency;
import dev.carillon.topic.Topics;
import dev.carillon.topic.Tracing;
import com.github.benmanes.caffeine.cache.Ticker;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.util.Assert;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.support.SimpAnnotationMethodMessageHandler;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.simp.user.UserDestinationMessageHandler;
import org.springframework.messaging.simp.user.UserDestinationResolver;
import org.springframework.messaging.support.AbstractSubscribableChannel;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.core.task.TaskExecutor;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.WebSocketMessageBrokerStats;
import org.springframework.web.socket.config.annotation.DelegatingWebSocketMessageBrokerConfiguration;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Spring's messaging with our broker and our endpoints in place of the simple ones.
 * <p>
 * Handler methods, templates, converters and configurers work as they do in any Spring
 * application; what is replaced is how frames come in, where subscriptions live, and how
 * messages leave.
 */
@Configuration(proxyBeanMethods = false)
class MessagingConfiguration extends DelegatingWebSocketMessageBrokerConfiguration {

	@Override
	protected void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.setApplicationDestinationPrefixes(CarillonBroker.APPLICATION);
		registry.setUserDestinationPrefix("/user/");
		registry.setPathMatcher(new AntPathMatcher("."));
		super.configureMessageBroker(registry);
	}

	/** Interceptors, handlers and the broker run on the thread that sends. */
	@Override
	@Bean
	public Executor clientInboundChannelExecutor() {
		return new SyncTaskExecutor();
	}

	@Override
	@Bean
	public Executor clientOutboundChannelExecutor() {
		return new SyncTaskExecutor();
	}

	@Override
	protected void configureClientInboundChannel(ChannelRegistration registration) {
		super.configureClientInboundChannel(registration);
		registration.interceptors(applicationContext().getBean(InboundGuard.class));
	}

	private ApplicationContext applicationContext() {
		ApplicationContext context = getApplicationContext();
		Assert.state(context != null, "The configuration needs its application context");
		return context;
	}

	@Override
	protected SimpAnnotationMethodMessageHandler createAnnotationMethodMessageHandler(
			AbstractSubscribableChannel clientInboundChannel, AbstractSubscribableChannel clientOutboundChannel,
			SimpMessagingTemplate brokerMessagingTemplate) {
		return new HandlerMethods(clientInboundChannel, clientOutboundChannel, brokerMessagingTemplate);
	}

	@Bean
	StompGateway stompGateway(Delivery delivery, AbstractSubscribableChannel clientInboundChannel, InboundGuard guard,
			Clock clock, SecurityProperties security, InboundFrames frames, Refusals refusals, Tracing tracing,
			LimitsProperties limits, StompProperties properties, ApplicationEventPublisher events) {
		StompGateway gateway = new StompGateway(delivery, clientInboundChannel, guard,
				new SessionTimes(clock, security), frames, refusals, tracing, limits, properties, events);
		delivery.addListener(gateway);
		return gateway;
	}

	@Bean
	ApplicationCalls applicationCalls(StompGateway gateway, LimitsProperties limits) {
		return new ApplicationCalls(gateway, limits);
	}

	@Bean
	InboundFrames inboundFrames() {
		return new InboundFrames();
	}

	@Bean
	Idempotency idempotency() {
		return new Idempotency(Ticker.systemTicker());
	}

	@Override
	@Bean
	public AbstractBrokerMessageHandler simpleBrokerMessageHandler(AbstractSubscribableChannel clientInboundChannel,
			AbstractSubscribableChannel clientOutboundChannel, AbstractSubscribableChannel brokerChannel,
			UserDestinationResolver userDestinationResolver) {
		ApplicationContext context = applicationContext();
		CarillonBroker broker = new CarillonBroker(clientInboundChannel, clientOutboundChannel, brokerChannel,
				context.getBean(StompGateway.class), context.getBean(Topics.class),
				context.getBean(DestinationRules.class), context.getBean(Idempotency.class));
		broker.setPhase(getPhase());
		clientOutboundChannel.subscribe(broker::sendToClient);
		return broker;
	}

	/**
	 * A user's destinations are topics of their own here, so nothing has to be translated
	 * for each session.
	 */
	@Override
	@Bean
	public UserDestinationMessageHandler userDestinationMessageHandler(AbstractSubscribableChannel clientInboundChannel,
			AbstractSubscribableChannel clientOutboundChannel, AbstractSubscribableChannel brokerChannel,
			UserDestinationResolver userDestinationResolver) {
		return new UserDestinationMessageHandler(clientInboundChannel, brokerChannel, userDestinationResolver) {
			@Override
			public void handleMessage(Message<?> message) {
				// the broker does
			}
		};
	}

	@Override
	protected SimpUserRegistry createLocalUserRegistry(@Nullable Integer order) {
		return new Users(() -> applicationContext().getBean(StompGateway.class));
	}

	@Override
	@Bean
	public WebSocketHandler subProtocolWebSocketHandler(AbstractSubscribableChannel clientInboundChannel,
			AbstractSubscribableChannel clientOutboundChannel) {
		return new StompHandshakeMarker();
	}

	@Override
	@Bean
	public HandlerMapping stompWebSocketHandlerMapping(WebSocketHandler subProtocolWebSocketHandler,
			TaskScheduler messageBrokerTaskScheduler, AbstractSubscribableChannel clientInboundChannel) {
		StompGateway gateway = applicationContext().getBean(StompGateway.class);
		HandshakeGuard guard = applicationContext().getBean(HandshakeGuard.class);
		WebSocketHttpRequestHandler ws = new WebSocketHttpRequestHandler(subProtocolWebSocketHandler,
				new AdmittedHandshake(new DefaultHandshakeHandler(
						new JettyUpgrade((attributes) -> new JettyEndpoint(gateway, attributes)))));
		EchoEndpoint echoes = new EchoEndpoint(applicationContext().getBean(JsonMapper.class));
		WebSocketHttpRequestHandler echo = new WebSocketHttpRequestHandler(echoes, new PlainHandshake());
		ws.setHandshakeInterceptors(List.of(guard));
		echo.setHandshakeInterceptors(List.of(echoes));
		WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
		mapping.setOrder(1);
		mapping.setPhase(getPhase());
		mapping.setCorsProcessor(SockJs.corsProcessor(applicationContext().getBean(ProblemCors.class)));
		mapping.setUrlMap(Map.of("/ws", ws, "/echo", echo, "/sockjs/websocket", ws, "/sockjs/**",
				applicationContext().getBean(SockJs.class)));
		return mapping;
	}

	/** Spring's statistics count what is not here; ours are meters. */
	@Override
	@Bean
	public WebSocketMessageBrokerStats webSocketMessageBrokerStats(
			@Nullable AbstractBrokerMessageHandler stompBrokerRelayMessageHandler,
			WebSocketHandler subProtocolWebSocketHandler,
			@Qualifier("clientInboundChannelExecutor") TaskExecutor inboundExecutor,
			@Qualifier("clientOutboundChannelExecutor") TaskExecutor outboundExecutor,
			@Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler) {
		return new WebSocketMessageBrokerStats();
	}

	/**
	 * Lets a reconnect storm wait in the kernel's queue instead of in SYN retransmits
	 * (Jetty's default of 50 is for web sites), and bounds what the kernel buffers for a
	 * client that does not read, or sends what is not read: a few hundred of those could
	 * otherwise use up the memory that TCP has on the machine, and slow down everybody.
	 */
	@Bean
	WebServerFactoryCustomizer<JettyServletWebServerFactory> sockets(StompProperties properties) {
		return (factory) -> factory.addServerCustomizers((server) -> {
			for (Connector connector : server.getConnectors()) {
				if (connector instanceof ServerConnector serverConnector) {
					serverConnector.setAcceptQueueSize(properties.acceptQueue());
					serverConnector.setAcceptedSendBufferSize(bufferSize(properties.sendBuffer()));
					serverConnector.setAcceptedReceiveBufferSize(bufferSize(properties.receiveBuffer()));
				}
			}
		});
	}

	/** As Jetty wants it: below 0 leaves it to the system. */
	private static int bufferSize(DataSize size) {
		return size.toBytes() > 0 ? Math.toIntExact(size.toBytes()) : -1;
	}

}
