// After a refused form the reader starts from the summary of the errors.
document.querySelector("[data-error-summary]")?.focus();
