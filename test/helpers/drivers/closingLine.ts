// A reporter that ends every run with one plain line, and names each test that was skipped, with its
// reason, or that passed only when it was tried again.
import type { Reporter, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      if (module.errors().length > 0) count.failed++;
      for (const test of module.children.allTests()) {
        const result = test.result();
        count[result.state]++;
        if (result.state === 'skipped')
          console.log(`skipped: ${test.fullName}: ${result.note ?? 'no reason given'}`);
        if (test.diagnostic()?.flaky) console.log(`passed at the second try: ${test.fullName}`);
      }
    }
    console.log(
      `tests: ${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`,
    );
  }
}
