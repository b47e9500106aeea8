from __future__ import annotations

from django.urls import path

from portal.library.views import browse, download, intake, reader, upload

app_name = "library"
urlpatterns = [
    path("", browse.index, name="index"),
    path("carica/", upload.upload, name="upload"),
    path("miei/", upload.mine, name="mine"),
    path("proposte/", upload.proposals, name="proposals"),
    path("stato/", intake.status, name="status"),
    path("<int:pk>/contenuto/", intake.members, name="members"),
    path("<int:pk>/", browse.document, name="document"),
    path("<int:pk>/stato/", upload.state, name="state"),
    path("<int:pk>/modifica/", upload.change, name="change"),
    path("<int:pk>/elimina/", upload.delete, name="delete"),
    path("<int:pk>/riprova/", upload.retry, name="retry"),
    path("<int:pk>/decisione/", upload.decide, name="decide"),
    path("<int:pk>/scarica/", download.download, name="download"),
    path("<int:pk>/anteprima.webp", reader.thumbnail, name="thumbnail"),
    path("<int:pk>/pagina/", reader.jump, name="jump"),
    path("<int:pk>/pagina/<int:number>/", reader.page, name="page"),
    path("<int:pk>/pagina/<int:number>/immagine.webp", reader.picture, name="picture"),
]
