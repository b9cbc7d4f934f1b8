// Entry of the page: its language, state, connection, window.
import { mount } from 'svelte';
import './ui/theme/base.css';
import AppView from './App.svelte';
import { connect } from './host/connect.ts';
import { App } from './state/app.svelte.ts';
import { languageOf, speak } from './text/languages/languages.ts';
import { rememberedLanguage } from './text/languages/remembered.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element #app');
const begin = () =>
  mount(AppView, { target, props: { app: new App(connect, window.localStorage) } });
// Without its catalogue the window starts in English and loads the language again with the settings.
void speak(languageOf(rememberedLanguage(window.localStorage), navigator.languages)).then(
  begin,
  begin,
);
