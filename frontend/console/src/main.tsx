import { render } from 'preact';
import { App } from './app.tsx';
import { start } from './connection.ts';
import './styles.css';

render(<App />, document.getElementById('app')!);
void start();
