"""What Fabula claims: works with known answers, the measures taken on them, dated results, and floors."""
