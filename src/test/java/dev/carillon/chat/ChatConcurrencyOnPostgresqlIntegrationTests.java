package dev.carillon.chat;

class ChatConcurrencyOnPostgresqlIntegrationTests extends ChatConcurrencyContract {

	ChatConcurrencyOnPostgresqlIntegrationTests() {
		super(TestDatabase.POSTGRESQL);
	}

}
