package dev.carillon.chat;

class ChatStorageOnPostgresqlIntegrationTests extends ChatStorageContract {

	ChatStorageOnPostgresqlIntegrationTests() {
		super(TestDatabase.POSTGRESQL);
	}

}
