declare module 'sockjs-client/dist/sockjs.js';
