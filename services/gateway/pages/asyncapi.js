window.AsyncApiStandalone.render({ schema: { url: '/api/asyncapi.json' }, config: { show: { sidebar: true, errors: true } } }, document.getElementById('page'))
