// While the index is being rebuilt, the page of the index shows how far it is.
const follow = async () => {
  const here = document.getElementById("indice");
  if (!here || !here.hasAttribute("data-open")) return;
  try {
    const answer = await fetch(location.href);
    const fresh = new DOMParser()
      .parseFromString(await answer.text(), "text/html")
      .getElementById("indice");
    if (answer.ok && fresh) here.replaceWith(fresh);
  } finally {
    setTimeout(follow, 2000);
  }
};
setTimeout(follow, 2000);
