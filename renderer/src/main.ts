// Entry of the page: state, connection, window.
import { mount } from 'svelte';
import './ui/theme/base.css';
import AppView from './App.svelte';
import { connect } from './host/connect.ts';
import { App } from './state/app.svelte.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element #app');
mount(AppView, { target, props: { app: new App(connect, window.localStorage) } });
