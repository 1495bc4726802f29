/** Data goes one way: services know shared and proto, shared knows proto, and nobody knows a service except by its events. */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'shared-knows-no-service', severity: 'error', from: { path: '^shared/' }, to: { path: '^services/' } },
    { name: 'proto-knows-nobody', severity: 'error', from: { path: '^proto/' }, to: { path: '^(services|shared|infra|tests)/' } },
    {
      name: 'a-service-knows-others-by-their-events',
      severity: 'error',
      // The verifier folds every service's views anew: one file of it names them.
      from: { path: '^services/([^/]+)/', pathNot: '^services/verifier/src/views\\.ts$' },
      to: { path: '^services/', pathNot: ['^services/$1/', '^services/[^/]+/src/events\\.ts$'] },
    },
    { name: 'no-service-knows-infra', severity: 'error', from: { path: '^(services|shared)/', pathNot: '\\.spec\\.ts$' }, to: { path: '^(infra|tests)/' } },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^(services|shared|infra)/', pathNot: '\\.spec\\.ts$|/testing/|^infra/(bench|overload|faults|gallery|simulation)/' },
      to: { path: '\\.spec\\.ts$|^tests/|/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'services/console|/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'], extensions: ['.ts', '.js'] },
  },
}
