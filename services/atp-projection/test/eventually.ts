const PATIENCE_MS = 120_000;

/** Asks again until the assertion holds; then, or after 15 s, its own outcome. */
export async function eventually(assertion: () => Promise<void> | void): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
