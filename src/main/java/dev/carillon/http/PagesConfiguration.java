package dev.carillon.http;

import java.time.Duration;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;

/**
 * Serves the console at {@code /} and the plain page at {@code /plain/}.
 * <p>
 * What lies below {@code /assets} has a hash of its content in its name and is kept by
 * browsers for good; for all else they ask each time whether it has changed
 * ({@code spring.web.resources.cache}). The build has compressed it already.
 */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration implements WebMvcConfigurer {

	private static final Duration FOR_GOOD = Duration.ofDays(365);

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		registry.addResourceHandler("/assets/**")
			.addResourceLocations("classpath:/static/assets/")
			.setCacheControl(CacheControl.maxAge(FOR_GOOD).cachePublic().immutable())
			.resourceChain(true)
			.addResolver(new EncodedResourceResolver());
	}

	@Override
	public void addViewControllers(ViewControllerRegistry registry) {
		// The page names its parts beside itself, so its address ends with a slash.
		registry.addRedirectViewController("/plain", "/plain/");
		registry.addViewController("/plain/").setViewName("forward:/plain/index.html");
	}

}
