'use strict';

const tabs = ['request', 'env', 'dns', 'liveness', 'readiness'];
const byId = (id) => document.getElementById(id);
const probePaths = {liveness: '/healthy', readiness: '/ready'};
let tab = 'request';
let refresh = 0;

function report(problem) {
  byId('problem').hidden = !problem;
  byId('problem').textContent = problem || '';
}

async function call(path, method, body) {
  try {
    const response = await fetch(path, {method: method || 'GET', body: body && JSON.stringify(body)});
    if (!response.ok) {
      throw new Error(await response.text());
    }
    report('');
    return await response.json();
  } catch (error) {
    report(error instanceof TypeError ? 'The server does not answer.' : error.message);
    return null;
  }
}

function row(cells, mark) {
  const tr = document.createElement('tr');
  for (const cell of cells) {
    const td = document.createElement('td');
    td.textContent = cell;
    tr.append(td);
  }
  if (mark) {
    tr.lastElementChild.className = mark;
  }
  return tr;
}

async function showEnv() {
  const env = await call('/env/api');
  if (env) {
    byId('command-line').textContent = env.commandLine.join(' ');
    byId('env-rows').replaceChildren(...Object.entries(env.env).map((entry) => row(entry)));
  }
}

function showStatus(of, status) {
  if (!status || of !== tab) {
    return;
  }
  byId('probe-path').textContent = probePaths[of];
  byId('probe-state').textContent = status.failNext < 0 ? 'It fails for ever.'
    : status.failNext > 1 ? `It fails for the next ${status.failNext} calls.`
    : status.failNext === 1 ? 'It fails for the next call.' : 'It succeeds.';
  byId('probe-rows').replaceChildren(...status.history.map((seen) =>
    row([seen.id, `${seen.when} (${seen.relWhen})`, seen.code], seen.code === 200 ? 'ok' : 'failed')));
}

async function showProbe() {
  const of = tab;
  showStatus(of, await call(`${probePaths[of]}/api`));
}

function show(name) {
  tab = tabs.includes(name) ? name : 'request';
  const probe = tab in probePaths;
  for (const id of ['request', 'env', 'dns', 'probe']) {
    byId(id).hidden = id !== (probe ? 'probe' : tab);
  }
  for (const link of document.querySelectorAll('nav a')) {
    link.toggleAttribute('aria-current', link.dataset.tab === tab);
  }
  clearInterval(refresh);
  if (probe) {
    byId('probe-title').textContent = tab === 'liveness' ? 'Liveness Probe' : 'Readiness Probe';
    byId('probe-rows').replaceChildren();
    showProbe();
    refresh = setInterval(showProbe, 1000);
  } else if (tab === 'env') {
    showEnv();
  }
}

const fromPath = () => location.pathname.split('/').pop();

document.querySelector('nav').addEventListener('click', (event) => {
  const name = event.target.dataset.tab;
  if (name) {
    event.preventDefault();
    history.pushState(null, '', `/-/${name}`);
    show(name);
  }
});

document.querySelector('.links').addEventListener('click', async (event) => {
  const fail = event.target.dataset.fail;
  if (fail !== undefined) {
    event.preventDefault();
    const of = tab;
    showStatus(of, await call(`${probePaths[of]}/api`, 'PUT', {failNext: Number(fail)}));
  }
});

byId('dns-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const answer = await call('/dns/api', 'POST', {type: form.get('type'), name: form.get('name')});
  byId('dns-result').textContent = answer ? answer.result : '';
});

addEventListener('popstate', () => show(fromPath()));
show(fromPath());
